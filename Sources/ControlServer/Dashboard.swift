// The dashboard's files as they are served: from the binary itself, compressed
// where the browser takes it, with an entity-tag, so that a reload of a page
// that did not change moves no bytes. What is in them is in Dashboard/;
// DashboardFiles.swift is made from it (decision 27).

import ControlWire
import LoopbackHTTP

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One file of the dashboard.
struct DashboardFile: Sendable {
    /// Below `/assets/`; `index.html` is `/`.
    let name: String
    let contentType: String
    /// Of the bytes; the same digest, the same file.
    let digest: String
    let text: String
    /// The text again, in RFC 1952's format and then in base64.
    let gzip: String
}

enum Dashboard {
    /// A file in one content coding (RFC 9110 §8.4).
    private struct Variant {
        let tag: String
        let coding: String?
        let bytes: [UInt8]
    }

    private struct Served {
        let contentType: String
        let plain: Variant
        let compressed: Variant
    }

    private static let served: [String: Served] = Dictionary(
        uniqueKeysWithValues: dashboardFiles.map { file in
            let packed = Data(base64Encoded: file.gzip, options: .ignoreUnknownCharacters)
            let plain = Variant(
                tag: "\"\(file.digest)\"", coding: nil, bytes: Array(file.text.utf8))
            let compressed = packed.map {
                Variant(tag: "\"\(file.digest)-gzip\"", coding: "gzip", bytes: Array($0))
            }
            return (
                file.name,
                Served(
                    contentType: file.contentType, plain: plain, compressed: compressed ?? plain)
            )
        })

    static func page(_ request: HTTPRequest) -> HTTPResponse {
        answer(served["index.html"], request)
    }

    static func asset(_ name: String, _ request: HTTPRequest) -> HTTPResponse {
        answer(name == "index.html" ? nil : served[name], request)
    }

    private static func answer(_ file: Served?, _ request: HTTPRequest) -> HTTPResponse {
        guard let file else {
            return Answers.problem(.notFound, "the dashboard has no such file")
        }
        let takesGzip = request.fields.all("Accept-Encoding").contains(where: accepts)
        let variant = takesGzip ? file.compressed : file.plain
        var extra = [
            HTTPFields.Line(name: "ETag", value: variant.tag),
            HTTPFields.Line(name: "Vary", value: "Accept-Encoding"),
        ]
        if EntityTags(request.fields.all("If-None-Match")).contains(variant.tag) {
            return HTTPResponse(
                status: 304, fields: Answers.fields(nil, extra: extra, caching: "no-cache"))
        }
        if let coding = variant.coding {
            extra.append(HTTPFields.Line(name: "Content-Encoding", value: coding))
        }
        return HTTPResponse(
            status: 200,
            fields: Answers.fields(file.contentType, extra: extra, caching: "no-cache"),
            body: .bytes(variant.bytes))
    }

    /// Whether `gzip` is named and not with a weight of 0 (RFC 9110 §12.5.3).
    private static func accepts(_ field: String) -> Bool {
        members(of: field).contains { member in
            let parts = member.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard parts.first == "gzip" else { return false }
            return !parts.dropFirst().contains {
                $0.hasPrefix("q=0") && Double($0.dropFirst(2)) == 0
            }
        }
    }

    private static func members(of field: String) -> [Substring] {
        field.split(separator: ",").map { part in
            var part = part.drop { $0 == " " || $0 == "\t" }
            while part.last == " " || part.last == "\t" { part.removeLast() }
            return part
        }
    }
}
