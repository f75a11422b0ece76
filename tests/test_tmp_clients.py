def test_x(client_of, world):
    import time
    for _ in range(2):
        t=time.perf_counter()
        r = client_of("agent").get("/parties")
        print(r.status_code, time.perf_counter()-t)
    from filo.testing.clients import fingerprint
    t=time.perf_counter(); fingerprint(); print("fp", time.perf_counter()-t)
    r = client_of("agent").post(f"/parties/{world.parties['own'].id}/interactions", {"channel":"call","body":"x"})
    print(r.status_code)
    r = client_of("agent").post(f"/parties/{world.parties['southern'].id}/interactions", {"channel":"call","body":"x"})
    print(r.status_code)
