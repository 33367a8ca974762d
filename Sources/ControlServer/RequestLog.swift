// One line for every request, where the operator wants them: method, route as
// the table writes it, status and time. Never the target itself (it names
// accounts), a header or a body.

import LoopbackHTTP
import RotationEngine

package struct RequestLog: HTTPHandler {
    private let base: ControlHandler
    private let clock: any EngineClock
    private let write: @Sendable (String) -> Void

    package init(
        _ base: ControlHandler, clock: any EngineClock,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.base = base
        self.clock = clock
        self.write = write
    }

    package func reply(to request: HTTPRequest) -> HTTPReply {
        let started = clock.uptimeMilliseconds()
        let what = "\(Self.method(of: request)) \(Self.route(of: request))"
        let transport = request.connection.transport == .unixSocket ? "unix" : "tcp"
        let (clock, write) = (clock, write)
        @Sendable func log(_ response: HTTPResponse) -> HTTPResponse {
            let took = clock.uptimeMilliseconds() - started
            write("request \(what) \(response.status) in \(took) ms over \(transport)")
            return response
        }
        switch base.reply(to: request) {
        case .now(let response): return .now(log(response))
        case .later(let body): return .later { log(await body()) }
        case .whenever(let body): return .whenever { log(await body()) }
        }
    }

    /// Any other word is the caller's own.
    private static func method(of request: HTTPRequest) -> String {
        let known = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"]
        return known.contains(request.method) ? request.method : "?"
    }

    private static func route(of request: HTTPRequest) -> String {
        guard let target = RequestTarget(request.target),
            let route = Route.all.first(where: { $0.match(target.path) != nil })
        else { return "-" }
        return route.template
    }
}
