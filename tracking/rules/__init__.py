"""What the law and the DfE say, as plain functions of dated rule sets."""
