"""Doubles: who is there twice, how one comes to think so, and how two become one and two again."""
