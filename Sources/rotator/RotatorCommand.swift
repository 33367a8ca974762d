// Placeholder of the front door.
@main struct RotatorCommand { static func main() {} }
