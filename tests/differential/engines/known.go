package engines

import (
	"regexp"
	"strings"
)

// known differences are gaps of rhumb that a recorded row names, too: there is
// no use in finding them again.
var known = []struct {
	name string
	is   func(helm, rhumb Answer) bool
}{
	{"what a time is made of", func(helm, rhumb Answer) bool {
		return strings.Contains(helm.Text, ".Location=") || timeInside.MatchString(helm.Text) && timeShown.MatchString(rhumb.Text)
	}},
	{"an address in memory", func(helm, rhumb Answer) bool { // the same in all answers of one process
		return ownAddress.MatchString(rhumb.Text) &&
			address.ReplaceAllString(helm.Text, "") == address.ReplaceAllString(rhumb.Text, "")
	}},
	{"a password with a NUL byte", func(_, rhumb Answer) bool {
		return rhumb.Failed && strings.Contains(rhumb.Text, "a password with a NUL byte")
	}},
}

var (
	address    = regexp.MustCompile(`0x[0-9a-f]+`)
	ownAddress = regexp.MustCompile(`0xc0[0-9a-f]*`)
	timeInside = regexp.MustCompile(`\{ *\S+ +\S+ +\S+\}`)
	timeShown  = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}`)
)

func isKnown(helm, rhumb Answer) bool {
	for _, k := range known {
		if k.is(helm, rhumb) {
			return true
		}
	}
	return false
}
