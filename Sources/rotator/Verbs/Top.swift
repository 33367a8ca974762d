// `rotator top`: everything at a glance, on the whole terminal, as it happens.

import ArgumentParser
import ControlWire

struct Top: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Accounts, decisions and what needs you, on the whole terminal, live.",
        discussion: Examples.text("rotator top")
            + "\n\nKeys: q quit, t one tick now, ? help. For a program there is `events --json`.")
    @OptionGroup var common: CommonOptions

    /// The clock and the countdowns go on by themselves.
    private static let redrawMilliseconds: Int32 = 1000

    func run() throws {
        let configuration = try common.configuration()
        guard !common.json else {
            Output.error("top draws for people; use `accounts --json` or `events --json`")
            throw ExitStatus.badArguments
        }
        let client = ServiceClient(configuration)
        // A service that is not there is an error, one that goes away is shown.
        _ = try client.bytes("GET", "/opt-in")
        var screen = FullScreen()
        guard let wakeUps = WakeUps(keys: 0), screen.enter() else {
            Output.error("top needs a terminal; use `rotator status` or `accounts --watch`")
            throw ExitStatus.code(.failed)
        }
        defer { screen.leave() }
        let feed = TopFeed(client) { wakeUps.wake() }
        BlockingThread.start { feed.follow() }
        let code = draw(&screen, feed, wakeUps, configuration)
        screen.leave()
        try SignalEnd.end(code)
    }

    /// Until somebody leaves; the exit code.
    private func draw(
        _ screen: inout FullScreen, _ feed: TopFeed, _ wakeUps: WakeUps,
        _ configuration: Configuration
    ) -> Int32 {
        var isHelp = false
        while true {
            let size = TerminalSize.current(fd: 1) ?? TerminalSize(rows: 24, columns: 80)
            let face = Presentation.current(configuration)
            FullScreen.draw(TopScreen(feed.snapshot, size: size, isHelp: isHelp, face).lines)
            switch wakeUps.next(timeoutMilliseconds: Self.redrawMilliseconds) {
            case .key(UInt8(ascii: "q")), .hangup: return 0
            case .key(UInt8(ascii: "t")): feed.tick()
            case .key(UInt8(ascii: "?")): isHelp.toggle()
            case .key, .news, .timeout: break
            case .signal(SignalEnd.stop):
                screen.leave()
                SignalEnd.stopSelf()
                guard screen.enter() else { return 1 }
            case .signal(let number):
                if let code = SignalEnd.code(number) { return code }
            }
        }
    }
}
