"""The office: the manager's page, one section for each word that is looked after there."""
