"""The monthly file the DfE takes: its checks, its XML, its loading."""
