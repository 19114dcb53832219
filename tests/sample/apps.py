"""The sample module's registration."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """One door, one page."""

    name = "tests.sample"

    def ready(self) -> None:
        """Show the module to the rest."""
        from baqylau.kernel.modules import Action, Deadlines, Door, MenuItem, Module, registry
        from baqylau.kernel.roles import STAFF
        from baqylau.kernel.work import Tasks
        from tests.sample.deadlines import recompute
        from tests.sample.given import WORDS
        from tests.sample.words import IMPORTER
        from tests.sample.work import due

        registry.register(
            Module(
                code="sample",
                label="Sample",
                public_urls="tests.sample.urls_public",
                desk_urls="tests.sample.urls_desk",
                doors=(Door("sample", "Sample door", "Where the sample leads."),),
                menu=(MenuItem("sample_desk", "Sample desk", "sample.see", key="s"),),
                actions=(Action("sample.see", "See the sample", STAFF),),
                tasks=(Tasks("sample.promises", due),),
                imports=(IMPORTER,),
                datasets=(WORDS,),
                deadlines=(Deadlines("sample.promises", recompute),),
            )
        )
