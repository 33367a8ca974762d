// A sentence put together at once. A String's own interpolation guesses two bytes
// for each piece and grows, piece by piece, to what it is: that was a third of a
// decision that finds a hundred accounts full. What is said does not live here.

struct Words: ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral: String) { text = stringLiteral }
    init(stringInterpolation: Pieces) { text = stringInterpolation.text }

    struct Pieces: StringInterpolationProtocol {
        fileprivate var text = ""

        /// An e-mail, a level, a moment: seldom more than this.
        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 28 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ piece: String) { text += piece }

        /// Nothing where there is none.
        mutating func appendInterpolation(until moment: Timestamp?) {
            guard let moment else { return }
            text += " until "
            text += moment.rfc3339
        }
    }
}
