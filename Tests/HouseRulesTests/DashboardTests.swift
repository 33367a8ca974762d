// The dashboard for Grafana asks only for metrics the service has, and labels they
// carry.

import Foundation
import Testing

@Suite struct DashboardTests {
    private func metrics() throws -> Set<String> {
        let source = try #require(SourceTree.file("Sources/ControlServer/Metrics.swift")).lines
        return Set(
            source.joined(separator: "\n").matches(of: #/"(rotator_[a-z_]+)"/#)
                .map { String($0.1) })
    }

    private func names(in expression: String) -> [String] {
        expression.matches(of: #/rotator_[a-z_]+/#).map { String($0.0) }
    }

    @Test func `every query names only metrics there are, and each panel has one`() throws {
        let path = SourceTree.root.appending(path: "config/grafana-dashboard.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: path))
        let dashboard = try #require(object as? [String: Any])
        let panels = try #require(dashboard["panels"] as? [[String: Any]])
        let known = try metrics()
        #expect(panels.count > 8 && known.count > 12)
        for panel in panels {
            let targets = try #require(panel["targets"] as? [[String: Any]])
            let queries = targets.compactMap { $0["expr"] as? String }
            #expect(!queries.isEmpty && queries.count == targets.count)
            for query in queries {
                let named = names(in: query)
                #expect(!named.isEmpty && named.allSatisfy(known.contains), "\(query)")
            }
        }
        #expect(!names(in: "sum(rotator_nothing)").allSatisfy(known.contains))
    }

    @Test func `what OPERATIONS says of metrics names only metrics there are`() throws {
        let document = try #require(SourceTree.file("docs/OPERATIONS.md")).lines
        let named = document.flatMap(names).filter { !$0.hasSuffix("_") }
        let known = try metrics()
        #expect(named.count > 3)
        #expect(named.filter { !known.contains($0) } == [])
    }
}
