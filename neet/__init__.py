"""The ground: accounts, audit, files, documents, messages, jobs, clock, screens' parts; and the shell around the apps."""
