"""How gunicorn serves Shoreline when it is started in this folder; its command line has the last word."""

worker_class = "journal.worker.Worker"
# Below this, lines of malformed requests, cookies included, are written into the log.
loglevel = "error"
# For whoever turns the access log on: no query, no referrer, no browser, no address of a person.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(D)s"
