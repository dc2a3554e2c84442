"""python3 scripts/lib/torture --minutes N --seed S [campaign ...]"""
import argparse, collections, importlib, random, signal, sys, time, traceback

CAMPAIGNS = ["kills", "cuts", "errors", "damage", "pairs", "ends", "hostile", "edits", "fuzz", "load"]
BETWEEN_REPORTS = 600  # seconds


def main():
    parser = argparse.ArgumentParser(prog="scripts/torture", description="Attacks ptwatch, and says what came of it.")
    parser.add_argument("--minutes", type=float, default=10, help="how long, about (default: 10)")
    parser.add_argument("--seed", type=int, default=None, help="to do the same again (default: any)")
    parser.add_argument("--large", action="store_true", help="hostile inputs at their full size: minutes and gigabytes")
    parser.add_argument("--rate", type=int, default=10_000, help="saves a minute of load (default: 10000)")
    parser.add_argument("campaigns", nargs="*", help=f"of {', '.join(CAMPAIGNS)} (default: all)")
    options = parser.parse_args()
    for name in options.campaigns:
        if name not in CAMPAIGNS:
            parser.error(f"there is no campaign {name}; there are {', '.join(CAMPAIGNS)}")
    seed = random.randrange(1 << 32) if options.seed is None else options.seed
    names = options.campaigns or CAMPAIGNS
    modules = [importlib.import_module(name) for name in names]
    counts = collections.Counter()
    rounds = collections.Counter()
    faults = []
    begun = time.monotonic()
    for module in modules:
        if hasattr(module, "configure"):
            module.configure(options)
    ended = []
    # The round in hand is finished, and what was found so far is said.
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    # What nohup has this ignore its children would ignore too, and live on without their terminal.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    number, reported = 0, begun
    while not ended and (number < len(modules) or time.monotonic() - begun < options.minutes * 60):
        module = modules[number % len(modules)]
        round_seed = seed + number // len(modules)
        number += 1
        try:
            module.round(round_seed, lambda what, by=1: counts.update({what: by}))
        except Exception as error:
            faults.append(f"{module.__name__}, seed {round_seed}: {error}")
            print(f"FAULT {faults[-1]}", flush=True)
            if not type(error).__name__ == "Broken":
                traceback.print_exc()
        rounds[module.__name__] += 1
        if time.monotonic() - reported > BETWEEN_REPORTS:
            reported = time.monotonic()
            report(begun, seed, names, rounds, counts, faults)
    report(begun, seed, names, rounds, counts, faults)
    sys.exit(1 if faults else 0)


def report(begun, seed, names, rounds, counts, faults):
    print(f"\n{(time.monotonic() - begun) / 60:.1f} minutes, seed {seed}")
    for name in names:
        print(f"  {name}: {rounds[name]} rounds")
    for what, number in sorted(counts.items()):
        print(f"  {number:8}  {what}")
    print(f"{len(faults)} faults")
    for fault in faults:
        print(f"  {fault}")
    sys.stdout.flush()


main()
