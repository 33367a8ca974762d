// What happened, as it happens: the service's stream of events, followed over
// its restarts.

import ArgumentParser
import CSystem
import LoopbackHTTP

struct Events: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What happened, one event a line; with --follow also what will.",
        discussion: Examples.text(
            "rotator events", "rotator events --follow", "rotator events --after 4711 --json"))
    @OptionGroup var common: CommonOptions
    @Option(
        name: .long, help: "Only what came after the event with this id; 0 is all that is kept.")
    var after: Int64?
    @Flag(
        name: .shortAndLong,
        help: "Go on with what happens, over restarts of the service. Without --after, from now on."
    )
    var follow = false

    /// Seconds without a sign of life; the service gives one every 15.
    private static let quietSeconds: Int64 = 45

    func validate() throws {
        if let after, after < 0 {
            throw ValidationError(
                "--after takes no negative number; give the id of an event, or 0")
        }
    }

    func run() throws {
        let client = ServiceClient(try common.configuration())
        var target = "/events?follow=\(follow)"
        if let after = after ?? (follow ? nil : 0) { target += "&after=\(after)" }
        var lastID = ""
        var retryMilliseconds: Int64 = 3000
        var hasBegun = false
        while true {
            // What a lost connection cut off is forgotten; it comes again.
            var reader = EventStreamReader()
            let end = client.stream(
                target, lastID: lastID, quietSeconds: Self.quietSeconds
            ) { piece in
                hasBegun = true
                for event in reader.take(piece) {
                    Output.line(common.json ? EventReport.json(event) : EventReport.line(event))
                }
                if !reader.lastID.isEmpty { lastID = reader.lastID }
                return true
            }
            retryMilliseconds = reader.retryMilliseconds ?? retryMilliseconds
            guard follow else { return try client.report(end) }
            // A service that was never there is an error; one that is gone, no.
            if !hasBegun { try client.report(end) }
            csystem_pause(Int32(clamping: retryMilliseconds))
        }
    }
}

extension ServiceClient {
    typealias StreamEnd = Result<HTTPClientResponse, HTTPClientError>

    func stream(
        _ target: String, lastID: String, quietSeconds: Int64, onPiece: ([UInt8]) -> Bool
    ) -> StreamEnd {
        var fields = HTTPFields(authorization: token)
        fields.append("Accept", "text/event-stream")
        if !lastID.isEmpty { fields.append("Last-Event-ID", lastID) }
        do throws(HTTPClientError) {
            return .success(
                try HTTPClient(.unixSocket(path: socketPath)).stream(
                    target: target, fields: fields, quietMilliseconds: quietSeconds * 1000,
                    onPiece: onPiece))
        } catch {
            return .failure(error)
        }
    }

    /// Ends the program, as `bytes` does, unless the stream ended well.
    func report(_ end: StreamEnd) throws {
        switch end {
        case .success(let response): _ = try accepted(response)
        case .failure(let error): throw unreachable(error)
        }
    }
}
