"""One-way constraints in the manner of DeltaBlue: chains of variables, planning, propagation."""
class Variable:
    def __init__(self, name, value=0):
        self.name, self.value = name, value
        self.constraints = []
        self.determined_by = None
        self.strength = 6
        self.mark = 0
class Constraint:
    def __init__(self, strength, *variables):
        self.strength = strength
        self.variables = variables
        self.output = None
        for v in variables:
            v.constraints.append(self)
    def satisfied(self):
        return self.output is not None
    def choose(self, mark):
        best = None
        for v in self.methods():
            if v.mark != mark and v.strength > self.strength and (best is None or v.strength > best.strength):
                best = v
        self.output = best
        return best
class Stay(Constraint):
    def methods(self):
        return self.variables
    def execute(self):
        pass
class Edit(Stay):
    pass
class Equal(Constraint):
    def methods(self):
        return self.variables
    def execute(self):
        a, b = self.variables
        if self.output is b:
            b.value = a.value
        else:
            a.value = b.value
class Scale(Constraint):
    def methods(self):
        return self.variables[3:]
    def execute(self):
        source, factor, offset, target = self.variables
        target.value = source.value * factor.value + offset.value
class Planner:
    def __init__(self):
        self.mark = 0
    def satisfy(self, constraint):
        self.mark += 1
        while constraint is not None:
            out = constraint.choose(self.mark)
            if out is None:
                return
            for v in constraint.variables:
                if v is not out:
                    v.mark = self.mark
            overridden = out.determined_by
            if overridden is not None:
                overridden.output = None
            out.determined_by = constraint
            self.propagate(constraint)
            out.mark = self.mark
            constraint = overridden
    def propagate(self, constraint):
        todo = [constraint]
        while todo:
            c = todo.pop()
            out = c.output
            out.strength = max([c.strength] + [v.strength for v in c.variables if v is not out])
            c.execute()
            for d in out.constraints:
                if d is not c and d.satisfied() and d.output is not out:
                    todo.append(d)
    def plan(self, sources):
        self.mark += 1
        order, todo = [], list(sources)
        while todo:
            c = todo.pop()
            if c.satisfied() and c.output.mark != self.mark:
                c.output.mark = self.mark
                order.append(c)
                todo.extend(d for d in c.output.constraints if d is not c and d.satisfied())
        return order
def chain(n, rounds):
    planner = Planner()
    vs = [Variable(f"v{i}") for i in range(n)]
    cs = [Stay(5, vs[-1])] + [Equal(1, a, b) for a, b in zip(vs, vs[1:])]
    for c in cs:
        planner.satisfy(c)
    edit = Edit(0, vs[0])
    planner.satisfy(edit)
    plan = planner.plan([edit])
    total = 0
    for r in range(rounds):
        vs[0].value = r
        for c in plan:
            c.execute()
        total += vs[-1].value
    return total, len(plan)
def projection(n, rounds):
    planner = Planner()
    scale, offset = Variable("scale", 10), Variable("offset", 1000)
    targets = []
    for i in range(n):
        source, target = Variable(f"s{i}", i), Variable(f"t{i}", i)
        for c in (Stay(5, source), Scale(0, source, scale, offset, target)):
            planner.satisfy(c)
        targets.append(target)
    total = 0
    for r in range(rounds):
        scale.value = r
        for c in scale.constraints:
            c.execute()
        total += sum(t.value for t in targets)
    return total
print(chain(400, 10000), projection(400, 3000))
