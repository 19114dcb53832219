"""Two databases: no transaction on one inside a transaction on the other, on either engine."""

import pytest
from django.db import connections, transaction

from baqylau.storage.boundary import TwoDatabasesAtOnceError

BOTH = ["default", "sealed"]


@pytest.mark.django_db(databases=BOTH, transaction=True)
@pytest.mark.parametrize(("outer", "inner"), [BOTH, BOTH[::-1]])
def test_a_transaction_on_both_databases_is_refused(outer: str, inner: str) -> None:
    with (
        transaction.atomic(using=outer),
        pytest.raises(TwoDatabasesAtOnceError, match=f"'{inner}' inside one on '{outer}'"),
        transaction.atomic(using=inner),
    ):
        pass
    with transaction.atomic(using=inner), transaction.atomic(using=inner):
        pass


@pytest.mark.django_db(databases=BOTH)
def test_it_is_refused_inside_the_transaction_of_a_test_too() -> None:
    with (
        transaction.atomic(using="default"),
        pytest.raises(TwoDatabasesAtOnceError),
        transaction.atomic(using="sealed"),
    ):
        pass
    with transaction.atomic(using="sealed"):
        pass


@pytest.mark.django_db(databases=BOTH, transaction=True)
def test_one_after_the_other_is_the_way() -> None:
    for alias in BOTH:
        with transaction.atomic(using=alias):
            assert connections[alias].in_atomic_block
        assert not connections[alias].in_atomic_block
