"""The look and the parts of every screen: layouts, components, form fields, charts, lists."""
