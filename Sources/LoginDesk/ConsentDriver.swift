// Presses the consent for a user who said it may be pressed: looks at the page
// again and again, does what the judge says, presses once, and stops at
// whatever asks for a person. Runs on a thread of its own, which ends when the
// browser closes the pipe.

import CSystem
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

final class ConsentDriver: Sendable {
    private let judge: ConsentJudge
    /// What the browser writes to, and what it reads from.
    private let toUs: PipeEnds
    private let toBrowser: PipeEnds
    private let state = Mutex<(stop: ConsentStop?, hasPressed: Bool, isEnded: Bool)>(
        (nil, false, false))

    /// Looks without the page's saying anything before it counts as another.
    private static let patience = 60

    /// The browser's descriptors 3 and 4 are the other ends of these.
    init(judge: ConsentJudge, toBrowser: PipeEnds, toUs: PipeEnds) {
        self.judge = judge
        self.toBrowser = toBrowser
        self.toUs = toUs
    }

    /// Why a person has to look; nil while there is no reason.
    var stop: ConsentStop? { state.withLock { $0.stop } }
    var hasPressed: Bool { state.withLock { $0.hasPressed } }
    var isEnded: Bool { state.withLock { $0.isEnded } }

    func start() -> Bool {
        let job = Unmanaged.passRetained(self)
        let code = csystem_thread_start(
            { argument in
                guard let argument else { return }
                Unmanaged<ConsentDriver>.fromOpaque(argument).takeRetainedValue().run()
            }, job.toOpaque())
        if code != 0 { job.release() }
        return code == 0
    }

    /// Blocks; SIGPIPE stays blocked in the thread, which ends afterwards.
    private func run() {
        var pipeSignal = sigset_t()
        sigemptyset(&pipeSignal)
        sigaddset(&pipeSignal, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipeSignal, nil)
        let pipe = DevToolsPipe(reading: toUs.read, writing: toBrowser.write)
        var sessions: [String: String] = [:]
        var waited = 0
        while true {
            do throws(DevToolsError) {
                let (advice, session) = try look(pipe, &sessions)
                waited = advice == .wait ? waited + 1 : 0
                if try act(on: advice, pipe, session, waited: waited) { break }
            } catch {
                // A page that is being left answers nothing; the next look will.
                if case .ended = error { break }
                sessions = [:]
            }
            csystem_pause(250)
        }
        state.withLock { $0.isEnded = true }
    }

    /// The page that matters: the vendor's where there is one.
    private func look(
        _ pipe: DevToolsPipe, _ sessions: inout [String: String]
    ) throws(DevToolsError) -> (ConsentAdvice, session: String) {
        let pages = try pipe.targets().filter { target in
            target.type == "page" && target.url.hasPrefix("http")
        }
        let vendors = pages.first { target in
            Address(target.url).map(judge.pages.holds) ?? false
        }
        guard let page = vendors ?? pages.first else { return (.wait, "") }
        let session: String
        if let known = sessions[page.targetId] {
            session = known
        } else {
            session = try pipe.attach(page.targetId)
            sessions[page.targetId] = session
        }
        guard let facts = PageFacts(try pipe.evaluate(PageFacts.script, in: session)) else {
            return (.wait, session)
        }
        return (judge.advice(facts), session)
    }

    /// True when there is nothing left to do.
    private func act(
        on advice: ConsentAdvice, _ pipe: DevToolsPipe, _ session: String, waited: Int
    ) throws(DevToolsError) -> Bool {
        switch advice {
        case .wait:
            guard waited >= Self.patience, !hasPressed else { return false }
            return stop(for: .unexpectedPage("it shows no account, or no button to authorise"))
        case .done: return true
        case .stop(let reason): return stop(for: reason)
        case .press(let x, let y):
            guard !hasPressed else { return false }
            state.withLock { $0.hasPressed = true }
            try pipe.click(x: x, y: y, in: session)
            return false
        }
    }

    private func stop(for reason: ConsentStop) -> Bool {
        state.withLock { $0.stop = reason }
        return true
    }
}
