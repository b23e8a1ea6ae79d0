"""The pages of moves: the board, one move, what each council does about it, and questions to other councils."""
