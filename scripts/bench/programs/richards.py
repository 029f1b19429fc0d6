"""An operating system's scheduler in the manner of Richards: tasks, packets, queues."""
IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
class Packet:
    def __init__(self, link, ident, kind):
        self.link, self.ident, self.kind = link, ident, kind
        self.datum = 0
        self.data = [0] * 4
    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        p = queue
        while p.link is not None:
            p = p.link
        p.link = self
        return queue
class Task:
    def __init__(self, system, ident, priority, queue):
        self.system, self.ident, self.priority, self.queue = system, ident, priority, queue
        self.waiting = queue is None
        self.held = False
        system.table[ident] = self
        system.tasks.append(self)
    def run(self):
        packet = None
        if self.queue is not None:
            packet = self.queue
            self.queue = packet.link
        self.step(packet)
    def send(self, packet, target):
        self.system.sent += 1
        packet.ident = self.ident
        task = self.system.table[target]
        task.queue = packet.append_to(task.queue)
        task.waiting = False
    def wait(self):
        if self.queue is None:
            self.waiting = True
class Idle(Task):
    seed, left = 1, 1000
    def step(self, packet):
        self.left -= 1
        if self.left == 0:
            self.held = True
        elif self.seed & 1 == 0:
            self.seed >>= 1
            self.system.table[DEVICE_A].held = False
        else:
            self.seed = (self.seed >> 1) ^ 0xD008
            self.system.table[DEVICE_B].held = False
class Worker(Task):
    target, count = HANDLER_A, 0
    def step(self, packet):
        if packet is None:
            self.wait()
            return
        self.target = HANDLER_B if self.target == HANDLER_A else HANDLER_A
        for i in range(4):
            self.count = self.count % 26 + 1
            packet.data[i] = self.count
        self.send(packet, self.target)
class Handler(Task):
    def __init__(self, *args):
        super().__init__(*args)
        self.work = []
        self.device = DEVICE_A if self.ident == HANDLER_A else DEVICE_B
    def step(self, packet):
        if packet is not None:
            self.work.append(packet)
        if self.work:
            p = self.work.pop(0)
            if p.kind:
                p.kind = 0
                self.send(p, self.device)
            else:
                p.kind = 1
                self.send(p, WORKER)
        else:
            self.wait()
class Device(Task):
    def step(self, packet):
        if packet is None:
            self.wait()
        else:
            self.held = True
            self.send(packet, HANDLER_A if self.ident == DEVICE_A else HANDLER_B)
class System:
    def __init__(self):
        self.table, self.tasks, self.sent = [None] * 6, [], 0
    def schedule(self, rounds):
        ran = 0
        for _ in range(rounds):
            for task in self.tasks:
                if not task.held and not (task.waiting and task.queue is None):
                    task.run()
                    ran += 1
        return ran
def main():
    total = [0, 0]
    for _ in range(170):
        system = System()
        Idle(system, IDLE, 0, None).waiting = False
        Worker(system, WORKER, 1000, Packet(Packet(None, WORKER, 1), WORKER, 1))
        queue = None
        for _ in range(3):
            queue = Packet(queue, DEVICE_A, 1)
        Handler(system, HANDLER_A, 2000, queue)
        queue = None
        for _ in range(3):
            queue = Packet(queue, DEVICE_B, 1)
        Handler(system, HANDLER_B, 3000, queue)
        Device(system, DEVICE_A, 4000, None)
        Device(system, DEVICE_B, 5000, None)
        total[0] += system.schedule(1200)
        total[1] += system.sent
    return total
print(main())
