// Records what the scheduler of Kubernetes' CronJobs says about schedules:
//
//	go -C tests/oracle/schedules run . ../../unit/lint/cron.tsv
//
// A line is "error", a schedule and the text of the error; or "next", a schedule, a time and the next time that it
// fires, both in seconds since 1970, "never" for none. Bytes that are not printable ASCII, and backslashes, are written
// \xHH.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

const module = "github.com/robfig/cron/v3"

var schedules = []string{
	// what is in use
	"* * * * *", "0 2 * * *", "*/5 * * * *", "0 */2 * * *", "30 3 1 * *", "0 0 * * 0", "15 14 1 * *", "0 22 * * 1-5", "23 0-20/2 * * *", "5 4 * * sun",
	"0 0,12 1 */2 *", "0 4 8-14 * *", "0 0 1,15 * 3", "59 23 31 12 *", "0 9 * * MON-FRI", "0 9 * jan,Jul *", "1-59/2 * * * *", "10 */6 * * 1,3,5",
	// macros
	"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", "@every 90m", "@every 1h30m10s", "@every 1s", "@every 10ms",
	"@every 1500ms", "@every 0s", "@every -5m", "@every", "@every ", "@every day", "@every 5", "@reboot", "@Daily", "@daily ", " @daily", "@", "@every  5m",
	// stars, steps, ranges
	"*/1 * * * *", "*/59 * * * *", "*/60 * * * *", "*/0 * * * *", "*/-1 * * * *", "*/a * * * *", "0/15 * * * *", "5/15 * * * *", "5-10/3 * * * *",
	"? ? ? ? ?", "*-5 * * * *", "*-a * * * *", "*-5-6 * * * *", "1-2-3 * * * *", "1/2/3 * * * *", "*/2/3 * * * *", "10-5 * * * *", "5-5 * * * *", "-5 * * * *",
	"5- * * * *", "- * * * *", "/ * * * *", "/5 * * * *", "*/ * * * *", ", * * * *", "1,,2 * * * *", ",1 * * * *", "* , * * *", "1,2,1-5 * * * *", "** * * * *", "*5 * * * *",
	"1.5 * * * *", "0x10 * * * *", "+5 * * * *", "05 * * * *", "1_0 * * * *", "٣ * * * *", "99999999999999999999 * * * *", "4294967296 * * * *",
	"0-59/60 * * * *", "0-59/4294967297 * * * *", "* */24 * * *", "0 0 */31 * *", "0 0 */32 * *", "0 0 1 */12 *", "0 0 * * */7", "0 0 * * */6",
	// limits
	"60 * * * *", "59 * * * *", "0 24 * * *", "0 23 * * *", "0 0 0 * *", "0 0 32 * *", "0 0 31 * *", "0 0 1 0 *", "0 0 1 13 *", "0 0 * * 7", "0 0 * * 0-7", "0 0 * * 6", "0 0 * * 5-1",
	// names
	"0 0 * JAN *", "0 0 * january *", "0 0 * dec-feb *", "0 0 1 jan-dec/3 *", "0 0 * * sunday", "0 0 * * Sat-Sun", "0 0 * * sun-sat", "0 0 * * thu/2", "jan * * * *", "0 0 mon * *", "0 0 1 mon *", "0 0 * * L", "0 0 L * *", "0 0 15W * *", "0 0 * * 1#2", "H 2 * * *",
	// never and seldom
	"0 0 31 2 *", "0 0 30 2 *", "0 0 29 2 *", "0 0 31 4 *", "0 0 31 2,4,6,9,11 *", "0 0 31 2,4,5 *", "0 0 30,31 2 *", "0 0 31 2 1", "0 0 29 2 0", "0 0 29 feb ?", "0 0 31 2 */2", ", , , , ,",
	"0 , * * *", "0 0 , * *", "0 0 1 , *", "0 0 * * ,", "0 0 31 2 ,",
	// day of the month and day of the week
	"0 0 13 * 5", "0 0 13 * *", "0 0 * * 5", "0 0 */2 * 1", "0 0 1 * */2", "0 0 1-31 * 1", "0 0 */1 * 1", "0 0 */3 * */3", "0 0 ? * 1", "0 0 1 * ?", "0 0 *,1 * 5",
	// the number of fields
	"", " ", "\t", "*", "* * * *", "* * * * * *", "0 0 2 * * *", "0 2 * * * root", "0\t2\t*\t*\t*", "  0 2 * * *  ", "0  2 * * *", "0 2 * * *\n", "0\u00a02 * * *", "\xff * * * *", "é * * * *", "0 2 * * * # daily", "every day", "daily", "\"0 2 * * *\"",
	// zones
	"TZ=UTC 0 2 * * *", "CRON_TZ=UTC 0 2 * * *", "TZ=UTC  0 2 * * *", "TZ=UTC @daily", "TZ=UTC * *", "TZ= 0 2 * * *", "TZ=UTC @every 5m", "tz=UTC 0 2 * * *", " TZ=UTC 0 2 * * *", "CRON_TZ=UTC TZ=UTC 0 2 * * *", "TZ=UTC ",
}

// 2026-01-01 00:00:00, 2026-02-28 23:59:59, 2026-12-31 23:58:30, 2027-10-31 01:30:00, 2096-02-29 00:00:00
var times = []int64{1767225600, 1772323199, 1798761510, 1824946200, 3981312000}

func plain(text string) string {
	var sb strings.Builder
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' || c == '\\' {
			fmt.Fprintf(&sb, `\x%02x`, c)
		} else {
			sb.WriteByte(c)
		}
	}
	return sb.String()
}

func record(out *bufio.Writer, text string) {
	schedule, err := cron.ParseStandard(text)
	if err != nil {
		fmt.Fprintf(out, "error\t%s\t%s\n", plain(text), plain(err.Error()))
		return
	}
	for _, seconds := range times {
		next := schedule.Next(time.Unix(seconds, 0).UTC())
		answer := "never"
		if !next.IsZero() {
			answer = fmt.Sprint(next.Unix())
		}
		fmt.Fprintf(out, "next\t%s\t%d\t%s\n", plain(text), seconds, answer)
	}
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: schedules FILE")
	}
	file, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(file)
	version := "?"
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == module {
			version = dependency.Version
		}
	}
	fmt.Fprintf(out, "# recorded: %s %s\n", module, version)
	for _, text := range schedules {
		record(out, text)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
