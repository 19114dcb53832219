"""Publishing a release: the digest of what was shown comes back with the button."""

from django import forms


class PublishForm(forms.Form):
    """The data that somebody looked at."""

    content = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
