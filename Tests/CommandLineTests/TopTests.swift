// `rotator top` and `accounts --watch` in a terminal: they start, follow what
// happens, and give the terminal back however they end.

import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(15))) struct TopTests {
    private static let entered = "\u{1B}[?1049h\u{1B}[?25l"
    private static let left = "\u{1B}[?25h\u{1B}[?1049l"

    private func top(
        _ world: World, _ arguments: [String] = ["top"], rows: UInt16 = 24
    ) throws -> (Pseudoterminal, pid_t) {
        let terminal = try Pseudoterminal(rows: rows)
        let pid = try terminal.start(
            Program.rotator(), arguments, environment: world.environment)
        return (terminal, pid)
    }

    @Test func `it draws, follows what happens, takes keys and gives the terminal back`()
        async throws
    {
        let world = try World()
        try await world.serving { _ async throws in
            try await world.enrol()
            let (terminal, pid) = try top(world)
            await terminal.until("carol@example.com")
            #expect(terminal.text.hasPrefix(Self.entered) && !terminal.isAsAShellWantsIt)
            #expect(try await world.rotator("hold", "bob@example.com").code == 0)
            await terminal.until("held")
            terminal.type("?")
            await terminal.until("one tick now, as")
            terminal.type("?t")
            await terminal.until("off: ")
            terminal.resize(rows: 33, columns: 70)
            await terminal.until { text in
                let frames = text.components(separatedBy: "\u{1B}[H")
                return frames.contains { $0.components(separatedBy: "\r\n").count == 33 }
            }
            terminal.type("q")
            #expect(await Pseudoterminal.fate(of: pid) == 0)
            await terminal.until { $0.hasSuffix(Self.left) }
            #expect(terminal.isAsAShellWantsIt)
        }
    }

    @Test func `a signal ends it, and the terminal is given back first`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            for (signal, code) in [(SIGINT, 0), (SIGTERM, 143), (SIGHUP, 129), (SIGQUIT, 131)] {
                let (terminal, pid) = try top(world)
                await terminal.until("q quit")
                if signal == SIGINT { terminal.type("\u{03}") } else { kill(pid, signal) }
                #expect(await Pseudoterminal.fate(of: pid) == Int32(code))
                await terminal.until { $0.hasSuffix(Self.left) }
                #expect(terminal.isAsAShellWantsIt, "\(signal)")
            }
        }
    }

    @Test func `stopped it lends the terminal to the shell, continued it draws anew`()
        async throws
    {
        let world = try World()
        try await world.serving { _ async throws in
            let (terminal, pid) = try top(world)
            await terminal.until("q quit")
            terminal.type("\u{1A}")
            #expect(await Pseudoterminal.fate(of: pid) == 1000 + SIGSTOP)
            await terminal.until { $0.hasSuffix(Self.left) }
            #expect(terminal.isAsAShellWantsIt)
            kill(pid, SIGCONT)
            await terminal.until { text in
                let screens = text.components(separatedBy: Self.entered)
                return screens.count == 3 && screens[2].contains("q quit")
            }
            #expect(!terminal.isAsAShellWantsIt)
            terminal.type("q")
            #expect(await Pseudoterminal.fate(of: pid) == 0)
            #expect(terminal.isAsAShellWantsIt)
        }
    }

    @Test func `a service that goes away is shown, and found again`() async throws {
        let world = try World()
        let service = try await world.serve()
        let (terminal, pid) = try top(world)
        await terminal.until("q quit")
        service.terminate()
        _ = await service.ended()
        await terminal.until("the service is not running; start it")
        let again = try await world.serve()
        let before = terminal.text.count
        await terminal.until { String($0.dropFirst(before)).contains("q quit") }
        terminal.type("q")
        #expect(await Pseudoterminal.fate(of: pid) == 0)
        again.terminate()
        _ = await again.ended()
        await world.simulator.stop()
    }

    @Test func `without a terminal, or a service, it says what to do`() async throws {
        let world = try World()
        let (terminal, pid) = try top(world)
        #expect(await Pseudoterminal.fate(of: pid) == 7)
        #expect(!terminal.text.contains(Self.entered) && terminal.isAsAShellWantsIt)
        try await world.serving { _ async throws in
            let run = try await world.rotator("top")
            #expect(run.code == 1 && run.errors.contains("; use `rotator status`"))
            #expect(run.output == "")
            #expect(try await world.rotator("top", "--json").code == 64)
        }
    }

    @Test(arguments: [["--json"], []])
    func `watched accounts come again when they change, and Ctrl-C is a good end`(
        more: [String]
    ) async throws {
        let world = try World()
        try await world.serving { _ async throws in
            try await world.enrol()
            let (terminal, pid) = try top(world, ["accounts", "--watch"] + more)
            await terminal.until("carol@example.com")
            #expect(try await world.rotator("hold", "bob@example.com").code == 0)
            await terminal.until(more.isEmpty ? "held" : #""hold":true"#)
            terminal.type("\u{03}")
            #expect(await Pseudoterminal.fate(of: pid) == 0)
        }
        let (terminal, pid) = try top(world, ["accounts", "--watch"])
        #expect(await Pseudoterminal.fate(of: pid) == 7)
        await terminal.until("rotator serve")
    }
}
