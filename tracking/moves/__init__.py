"""Young people who move from one council to another: nobody is let go before the other council has them."""
