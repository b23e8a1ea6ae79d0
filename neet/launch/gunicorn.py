"""How the web server runs: threads, as one slow page must not hold another; workers end with their master."""

import gc
import os

from neet.launch.processes import end_with_parent
from neet.logs import log_what_python_prints

workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "neet.launch.threads.Threads"
# A process takes in only whom a thread of it can answer, and each request anew: whoever is free answers next, nobody
# waits behind a busy process or in one that ends. Otherwise a browser stays with the process that took it in first.
keepalive = 0
worker_connections = threads
timeout = 60
graceful_timeout = 15
# A process that begins anew has every statement to put together and to prepare again: for some seconds people wait.
max_requests = 20_000
max_requests_jitter = 5_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
accesslog = None  # the application writes one structured line per request, without what people typed
loglevel = "warning"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "neet.logs.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["lines"], "propagate": False}},
}


def post_fork(server: object, worker: object) -> None:
    """A worker must not outlive its master: it would keep the port."""
    end_with_parent()


def post_worker_init(worker: object) -> None:
    """What Python prints becomes lines of ours. What is there from the start is never rubbish, and a page leaves
    little: looking for it as often as Python does takes a tenth of a page's time."""
    log_what_python_prints()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
