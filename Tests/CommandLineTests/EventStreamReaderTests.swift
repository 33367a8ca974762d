// The reader of server-sent events, held against the words of the standard.

import Testing

@testable import rotator

@Suite struct EventStreamReaderTests {
    private func read(_ text: String, step: Int = .max) -> ([ServerSentEvent], EventStreamReader) {
        var reader = EventStreamReader()
        var events: [ServerSentEvent] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            events += reader.take(rest.prefix(step))
            rest = rest.dropFirst(step)
        }
        return (events, reader)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `every line end ends a line, wherever the pieces are cut`(end: String) {
        let text = ["id: 7", "event: a", "data: x", "data:y", "", "data: z", "", ""]
            .joined(separator: end)
        for step in [1, 2, 3, 5, 1000] {
            let (events, reader) = read(text, step: step)
            #expect(
                events == [
                    ServerSentEvent(id: "7", kind: "a", data: "x\ny"),
                    ServerSentEvent(id: "7", kind: "message", data: "z"),
                ])
            #expect(reader.lastID == "7")
        }
    }

    @Test func `an id without data is remembered, and nothing told`() {
        let (events, reader) = read("retry: 250\nid: 9\n\n:\n\n")
        #expect(events.isEmpty && reader.lastID == "9" && reader.retryMilliseconds == 250)
    }

    @Test func `what was not completed counts for nothing`() {
        let (events, reader) = read("id: 1\ndata: a\n\nid: 2\ndata: b\n")
        #expect(events.map(\.id) == ["1"] && reader.lastID == "1")
    }

    @Test(arguments: [
        ("\u{FEFF}data: a\n\n", "a"), ("data:  a\n\n", " a"), ("data\n\n", ""),
        ("other: x\ndata: a\n\n", "a"), (": data: b\ndata: a\n\n", "a"), ("data: a:b\n\n", "a:b"),
        ("id: 1\u{0}\ndata: a\n\n", "a"), ("retry: 1x\ndata: a\n\n", "a"),
        ("event: x\n\ndata: a\n\n", "a"),
    ])
    func `the corners of the standard`(text: String, data: String) {
        let (events, reader) = read(text)
        #expect(events == [ServerSentEvent(id: "", kind: "message", data: data)])
        #expect(reader.retryMilliseconds == nil && reader.lastID.isEmpty)
    }
}
