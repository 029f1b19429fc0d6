# Processes, and what they share.
import multiprocessing
import os
import subprocess
import sys
import time
from multiprocessing.pool import ThreadPool


def square(x):
    return x * x


def fail(x):
    raise ValueError(x)


def tell(queue, n):
    queue.put((n, multiprocessing.current_process().name, multiprocessing.parent_process() is None))


def answer(connection):
    while (x := connection.recv()) is not None:
        connection.send(x + 1)


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=tell, args=(queue, i)) for i in range(3)]
    print(processes[0].name, processes[0].pid, processes[0].is_alive(), processes[0].exitcode)
    for process in processes:
        process.start()
    print(sorted(queue.get() for _ in processes))
    for process in processes:
        process.join()
    print([process.exitcode for process in processes], multiprocessing.active_children())
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=answer, args=(there,), daemon=True)
    process.start()
    here.send(1)
    print(here.recv(), here.poll(), process.daemon)
    here.send(None)
    process.join()
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, range(10)), pool.apply(square, (3,)))
        print(list(pool.imap(square, range(4))), sorted(pool.imap_unordered(square, range(4), 2)))
        print(pool.starmap(pow, [(2, 3), (3, 2)]), pool.apply_async(square, (5,)).get(timeout=9))
        try:
            pool.apply(fail, (4,))
        except ValueError as error:
            print(repr(error))
    pool = multiprocessing.Pool(1)
    pool.close()
    pool.join()
    try:
        pool.map(square, [1])
    except ValueError as error:
        print(error)
    process = multiprocessing.Process(target=sys.exit, args=(3,))
    process.start()
    process.join()
    print(process.exitcode)
    process = multiprocessing.Process(target=time.sleep, args=(100,))
    process.start()
    print(process.is_alive(), len(multiprocessing.active_children()))
    process.terminate()
    process.join()
    print(process.exitcode)
    event = multiprocessing.Event()
    process = multiprocessing.Process(target=event.set)
    process.start()
    print(event.wait(9))
    process.join()
    joinable = multiprocessing.JoinableQueue()
    joinable.put(1)
    print(joinable.get())
    joinable.task_done()
    joinable.join()
    with ThreadPool(3) as pool:
        print(pool.map(square, range(5)))
    lock = multiprocessing.Lock()
    print(lock, multiprocessing.RLock(), multiprocessing.Semaphore(2))
    print(lock.acquire(), lock.acquire(timeout=0.01), lock)
    lock.release()
    try:
        lock.release()
    except ValueError as error:
        print(error)
    print(multiprocessing.cpu_count() == os.cpu_count(), multiprocessing.get_start_method())

    # Programs.
    done = subprocess.run(["sh", "-c", "cat; echo err >&2; exit 3"], input=b"in", capture_output=True)
    print(done.returncode, done.stdout, done.stderr)
    print(subprocess.check_output("echo $X", shell=True, env={"X": "y"}, text=True))
    try:
        subprocess.check_call(["false"])
    except subprocess.CalledProcessError as error:
        print(error)
    try:
        subprocess.run(["/nowhere/program"])
    except FileNotFoundError as error:
        print(error)
    try:
        subprocess.run(["true"], cwd="/nowhere")
    except FileNotFoundError as error:
        print(error)
    try:
        subprocess.run(["sleep", "9"], timeout=0.05)
    except subprocess.TimeoutExpired as error:
        print(error.cmd, error.output)
    child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    print(child.poll(), child.communicate("some\ntext"), child.returncode)
    child = subprocess.Popen(["sleep", "9"])
    child.kill()
    print(child.wait(), child.args)
    print(subprocess.getstatusoutput("echo a; exit 4"))
