package oracle

import (
	"os"
	"syscall"
)

// EnterUTC makes sure that this process began in the time zone UTC. Libraries
// look at the zone before main does, so the program starts anew if need be.
func EnterUTC() error {
	if os.Getenv("TZ") == "UTC" {
		return nil
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.Setenv("TZ", "UTC"); err != nil {
		return err
	}
	return syscall.Exec(self, os.Args, os.Environ())
}
