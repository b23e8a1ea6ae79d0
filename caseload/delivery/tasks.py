"""Making what somebody wants regularly, beside the pages."""

from caseload.delivery.actions import deliver
from caseload.delivery.models import Delivery
from caseload.reports.actions.making import Beside
from neet.files.actions import CannotStore
from neet.jobs.work import JobFailed, Work


def make_delivery(work: Work) -> dict[str, int]:
    """One delivery, if it was not made meanwhile."""
    wanted = Delivery.objects.select_related(
        "subscription__authority", "subscription__owner", "subscription__district", "subscription__service",
        "subscription__cut",
    )  # fmt: skip
    delivery = wanted.filter(pk=work.payload["delivery"], state=Delivery.State.MAKING).first()
    if delivery is None:
        return {}
    try:
        deliver(delivery=delivery, beside=Beside(work.still_mine, work.progress))
    except CannotStore as refused:
        raise JobFailed(str(refused)) from None
    return {"delivery": delivery.pk}
