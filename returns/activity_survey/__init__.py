"""The Activity Survey: what last summer's leavers did on 1 November, for the DfE and for their schools."""
