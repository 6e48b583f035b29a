"""The words for what is known of a member: documents and the fields of the form."""

from __future__ import annotations

from pos.domain.identity import DocumentKind
from pos.domain.profile import ProfileField, Sameness
from pos.i18n import _


def document_kind(value: DocumentKind) -> str:
    """The name of an identity document."""
    return {
        DocumentKind.RESIDENT: _("Resident identity card"),
        DocumentKind.COMPATRIOT: _("Residence permit for Hong Kong, Macau and Taiwan"),
        DocumentKind.FOREIGNER: _("Foreigner's permanent residence card"),
        DocumentKind.PASSPORT: _("Passport or travel permit"),
    }[value]


def sameness(value: Sameness) -> str:
    """Why two people may be one."""
    return {
        Sameness.DOCUMENT: _("document number"),
        Sameness.NAME_AND_BIRTH: _("name and birth date"),
        Sameness.PHONE: _("telephone"),
    }[value]


def profile_field(value: ProfileField) -> str:
    """The name of a field of a member's form."""
    return {
        ProfileField.NAME: _("Name"),
        ProfileField.BIRTH_DATE: _("Birth date"),
        ProfileField.PHONE: _("Telephone"),
        ProfileField.SEX: _("Sex"),
        ProfileField.ADDRESS: _("Address"),
        ProfileField.EMERGENCY: _("Emergency contact"),
        ProfileField.GUARDIAN: _("Guardian"),
        ProfileField.COMMUNITY_WORKER: _("Community worker"),
        ProfileField.HOUSEHOLD: _("Household"),
        ProfileField.HUKOU: _("Hukou"),
        ProfileField.RESIDENCE: _("Lives in"),
        ProfileField.CATEGORIES: _("Categories"),
        ProfileField.PASSES: _("Passes"),
        ProfileField.DIETS: _("Diet"),
        ProfileField.CONSENTS: _("Consents"),
        ProfileField.SPOKEN: _("Pinyin"),
        ProfileField.PHOTO: _("Photo"),
        ProfileField.STATUS: _("Status"),
        ProfileField.DOCUMENT: _("Identity document"),
        ProfileField.DELETED: _("Personal data deleted"),
    }[value]
