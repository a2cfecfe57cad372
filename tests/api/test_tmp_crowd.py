import time
from concurrent.futures import ThreadPoolExecutor
from collections import Counter
from careloop.api import auth
from careloop.kit.errors import Unauthenticated

def test_ask(house):
    for n in (12, 40):
        t=time.monotonic()
        def act(i):
            try: return house.post("/v1/ask", {"text": f"E-217 on PX-100 {i}"}).status_code
            except Exception as e: return type(e).__name__+str(e)[:80]
        with ThreadPoolExecutor(n) as p: print("ask", n, Counter(p.map(act, range(n))), round(time.monotonic()-t,1))

def test_old(house, new_chat):
    def visitor(services: auth.ServicesDep, session: auth.SessionDep, bearer: auth.BearerDep):
        if bearer is None: raise Unauthenticated("x")
        return auth.visitor_of(services, session, bearer.credentials)[0]
    chats=[new_chat() for _ in range(45)]
    house.app.dependency_overrides[auth.visitor]=visitor
    try:
        t=time.monotonic()
        def act(c):
            try: return c.send("E-217 on PX-100").status_code
            except Exception as e: return type(e).__name__+str(e)[:60]
        with ThreadPoolExecutor(45) as p: print("old visitor", Counter(p.map(act, chats)), round(time.monotonic()-t,1))
    finally: house.app.dependency_overrides.clear()
