"""An interpreter inside the interpreter: dispatch over characters, a tape."""
def compile_program(source):
    jumps, stack = {}, []
    for i, c in enumerate(source):
        if c == "[":
            stack.append(i)
        elif c == "]":
            j = stack.pop()
            jumps[i], jumps[j] = j, i
    return jumps
def run(source):
    jumps, tape, pc, at, out, steps = compile_program(source), [0] * 300, 0, 0, [], 0
    while pc < len(source):
        c = source[pc]
        if c == ">":
            at += 1
        elif c == "<":
            at -= 1
        elif c == "+":
            tape[at] = (tape[at] + 1) & 255
        elif c == "-":
            tape[at] = (tape[at] - 1) & 255
        elif c == ".":
            out.append(chr(tape[at]))
        elif c == "[":
            if not tape[at]:
                pc = jumps[pc]
        elif c == "]":
            if tape[at]:
                pc = jumps[pc]
        pc += 1
        steps += 1
    return "".join(out), steps
hello = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."
print(run(hello), [run("+" * 200 + "[>" + "+" * 10 + "[>+++++<-]<-]")[1] for _ in range(300)][-1])
