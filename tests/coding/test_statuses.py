import pytest

from demarche.coding import candidates, statuses
from demarche.records import STATUSES
from tests.coding.pages import Told, drafts, page


@pytest.mark.parametrize("status", STATUSES)
def test_the_likeliest_status(status):
    made = page("Talks/NOUN/nsubj/2 began/VERB/root ./PUNCT/punct/2", events={"Talks": Told("CONSULT", status=status)})
    (draft,) = drafts(made, candidates, statuses)
    assert (draft.status, draft.why["status"]) == (status, "event model (0.90)")
