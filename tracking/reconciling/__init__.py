"""Is everybody on the register who should be? Its numbers beside the estimates and lists of others."""
