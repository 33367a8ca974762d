// Where Claude Code's files are, as Claude Code finds them.

import CredentialStores
import Support
import Testing

@Suite struct ClaudePathsTests {
    @Test(arguments: [nil, ""])
    func `without a directory of its own it is in the home directory`(chosen: String?) {
        let home = TemporaryDirectory()
        let paths = ClaudePaths(home: home.path, claudeConfigDir: chosen)
        #expect(paths.credentialDirectory == home.file(".claude"))
        #expect(paths.credentialsFile == home.file(".claude/.credentials.json"))
        #expect(paths.configFile == home.file(".claude.json"))
    }

    @Test func `a chosen directory holds both`() {
        let home = TemporaryDirectory()
        let paths = ClaudePaths(home: home.path, claudeConfigDir: home.file("work"))
        #expect(paths.credentialsFile == home.file("work/.credentials.json"))
        #expect(paths.configFile == home.file("work/.claude.json"))
    }

    @Test(arguments: [nil, "chosen"])
    func `an older configuration wins where there is one`(chosen: String?) {
        let home = TemporaryDirectory()
        let directory = chosen ?? ".claude"
        home.makeDirectory(directory)
        home.write(directory + "/.config.json", "{}")
        let paths = ClaudePaths(home: home.path, claudeConfigDir: chosen.map(home.file))
        #expect(paths.configFile == home.file(directory + "/.config.json"))
    }
}
