"""The same young person twice on one register: found, put together by an officer, and taken apart again."""
