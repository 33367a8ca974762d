// Aligned columns that fit a width: first the columns that may be shortened in
// the middle give way, then the ones that can be done without go, then all
// columns shrink.

struct TextTable {
    struct Column {
        var title: String
        /// May be shortened, down to `Bounds.shortened`, before another goes.
        var shortens = false
        /// The highest goes first; 0 stays.
        var dispensable = 0
    }

    struct Cell: Equatable {
        var text: String
        var paint: Paint?

        init(_ text: String, _ paint: Paint? = nil) {
            self.text = TerminalText.plain(text)
            self.paint = paint
        }
    }

    private static let shortened = 20
    private static let least = 4
    private static let gap = 2

    var columns: [Column]
    var rows: [[Cell]]

    /// No line is longer than `width`; nil leaves everything as it is.
    func lines(width: Int?, style: Style) -> [String] {
        let titles = columns.map { Cell($0.title, .faint) }
        let hasTitles = columns.contains { !$0.title.isEmpty }
        let all = (hasTitles ? [titles] : []) + rows
        var widths = columns.indices.map { column in
            all.map { column < $0.count ? $0[column].text.count : 0 }.max() ?? 0
        }
        // A column that is empty everywhere takes no room at all.
        var shown = columns.indices.filter { column in
            rows.contains { column < $0.count && !$0[column].text.isEmpty }
        }
        if let width { fit(&widths, &shown, width) }
        return all.map { line($0, shown, widths, style) }
    }

    private func fit(_ widths: inout [Int], _ shown: inout [Int], _ width: Int) {
        func excess() -> Int {
            shown.map { widths[$0] }.reduce(0, +) + Self.gap * max(shown.count - 1, 0) - width
        }
        func shrink(_ candidates: [Int], to least: Int) {
            while excess() > 0,
                let widest = candidates.filter({ widths[$0] > least })
                    .max(by: { (widths[$0], $1) < (widths[$1], $0) })
            {
                widths[widest] -= 1
            }
        }
        let natural = widths
        shrink(shown.filter { columns[$0].shortens }, to: Self.shortened)
        while excess() > 0,
            let next = shown.filter({ columns[$0].dispensable > 0 })
                .max(by: { columns[$0].dispensable < columns[$1].dispensable })
        {
            shown.removeAll { $0 == next }
            // With the room that is free now.
            widths = natural
            shrink(shown.filter { columns[$0].shortens }, to: Self.shortened)
        }
        shrink(shown.filter { columns[$0].shortens }, to: Self.least)
        shrink(shown, to: 1)
        while excess() > 0, !shown.isEmpty { shown.removeLast() }
    }

    private func line(
        _ row: [Cell], _ shown: [Int], _ widths: [Int], _ style: Style
    ) -> String {
        let last = shown.last { $0 < row.count && !row[$0].text.isEmpty }
        var line = ""
        for column in shown {
            guard let last, column <= last else { break }
            if column != shown.first { line += String(repeating: " ", count: Self.gap) }
            let cell = column < row.count ? row[column] : Cell("")
            let text = TerminalText.middle(cell.text, widths[column])
            line += style.paint(text, cell.paint)
            if column != last {
                line += String(repeating: " ", count: widths[column] - text.count)
            }
        }
        return line
    }
}
