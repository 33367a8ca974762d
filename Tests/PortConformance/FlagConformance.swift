// What every opt-in flag must do, whatever it is kept in.

import RotationEngine
import Testing

package enum FlagConformance {
    /// `flag` is new; `another` looks at the same one.
    package static func check(
        _ flag: any OptInFlag, another: any OptInFlag
    ) throws(FlagError) {
        #expect(!flag.isOn(), "off until somebody turns it on")
        for isOn in [false, true, true, false, false, true, false] {
            try flag.set(isOn)
            #expect(flag.isOn() == isOn)
            #expect(another.isOn() == isOn)
        }
        try another.set(true)
        #expect(flag.isOn())
        try another.set(false)
        #expect(!flag.isOn())
    }
}
