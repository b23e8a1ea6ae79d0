"""All tables of this app, gathered from its rooms for Django."""

from tracking.bulk.models import *  # noqa: F403  Django finds models here
from tracking.exploring.models import *  # noqa: F403
from tracking.extracts.models import *  # noqa: F403
from tracking.figures.models import *  # noqa: F403
from tracking.groups.models import *  # noqa: F403
from tracking.guarantee.models import *  # noqa: F403
from tracking.merging.models import *  # noqa: F403
from tracking.moves.models import *  # noqa: F403
from tracking.public.models import *  # noqa: F403
from tracking.published.models import *  # noqa: F403
from tracking.reconciling.models import *  # noqa: F403
from tracking.reference.models import *  # noqa: F403
from tracking.register.models import *  # noqa: F403
from tracking.released.models import *  # noqa: F403
from tracking.replays.models import *  # noqa: F403
from tracking.retention.models import *  # noqa: F403
from tracking.rights.models import *  # noqa: F403
