"""The ground: accounts, audit, files, documents, messages, jobs, clock, screens' parts; the shell around the apps."""
