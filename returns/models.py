"""All tables of this app, gathered from its rooms for Django."""

from returns.activity_survey.models import *  # noqa: F403  Django finds models here
from returns.bring.models import *  # noqa: F403  Django finds models here
from returns.calendar.models import *  # noqa: F403  Django finds models here
from returns.exchange.models import *  # noqa: F403  Django finds models here
from returns.intake.models import *  # noqa: F403  Django finds models here
from returns.leavers.models import *  # noqa: F403  Django finds models here
from returns.lists.models import *  # noqa: F403  Django finds models here
from returns.nccis.models import *  # noqa: F403  Django finds models here
from returns.replies.models import *  # noqa: F403  Django finds models here
from returns.surveys.models import *  # noqa: F403  Django finds models here
