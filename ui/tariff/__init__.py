"""The tariff in the office: the time line of rule sets, the editor of a draft, trying it, publishing it."""
