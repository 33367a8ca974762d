// What was read, as a picture asks for it. The vendor is not asked, no store is
// looked at; it is answered while off too.

import RotationCore

extension RotationEngine {
    package nonisolated func series(
        _ query: SeriesQuery
    ) async throws(EngineRefusal) -> ReadingSeries {
        do {
            return try await ports.history.series(query)
        } catch {
            throw error.refusal
        }
    }
}
