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
	{"a password with a NUL byte", func(_, rhumb Answer) bool {
		return rhumb.Failed && strings.Contains(rhumb.Text, "a password with a NUL byte")
	}},
}

func isKnown(helm, rhumb Answer) bool {
	for _, k := range known {
		if k.is(helm, rhumb) {
			return true
		}
	}
	return false
}

// ownAddress is what rhumb prints for every address, in each base, with what
// pads it to a width.
var ownAddress = regexp.MustCompile(`(?i)[ 0]*(0x)?(c0{9}|824633720832|140{12}|110{38}) *`)

const anyAddress = `[ 0]*(0[xX])?[0-9a-fA-F]+ *`

// byteRunes has a character for each byte: patterns must be UTF-8, which what is
// printed need not be.
func byteRunes(text string) string {
	var out strings.Builder
	for _, b := range []byte(text) {
		out.WriteRune(rune(b))
	}
	return out.String()
}

func sameButAddresses(helm, rhumb string) bool {
	helm, rhumb = byteRunes(helm), byteRunes(rhumb)
	var pattern strings.Builder
	pattern.WriteString(`(?s)\A`)
	end := 0
	for _, at := range ownAddress.FindAllStringIndex(rhumb, -1) {
		pattern.WriteString(regexp.QuoteMeta(rhumb[end:at[0]]) + anyAddress)
		end = at[1]
	}
	pattern.WriteString(regexp.QuoteMeta(rhumb[end:]) + `\z`)
	same, err := regexp.MatchString(pattern.String(), helm)
	return err == nil && same
}
