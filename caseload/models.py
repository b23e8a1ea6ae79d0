"""All tables of this app, gathered from its rooms for Django."""

from caseload.allocation.models import *  # noqa: F403  Django finds models here
from caseload.assessment.models import *  # noqa: F403  Django finds models here
from caseload.campaigns.models import *  # noqa: F403  Django finds models here
from caseload.chase.models import *  # noqa: F403  Django finds models here
from caseload.delivery.models import *  # noqa: F403  Django finds models here
from caseload.letters.models import *  # noqa: F403  Django finds models here
from caseload.meetings.models import *  # noqa: F403  Django finds models here
from caseload.messaging.models import *  # noqa: F403  Django finds models here
from caseload.plan.models import *  # noqa: F403  Django finds models here
from caseload.prevention.models import *  # noqa: F403  Django finds models here
from caseload.referrals.models import *  # noqa: F403  Django finds models here
from caseload.reports.models import *  # noqa: F403  Django finds models here
from caseload.reviews.models import *  # noqa: F403  Django finds models here
from caseload.screening.models import *  # noqa: F403  Django finds models here
from caseload.transitions.models import *  # noqa: F403  Django finds models here
