"""Who goes where and when: the dispatcher's books and the day planner."""
