package engines

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"rhumb/tests/oracle/recorder/rows"
)

// patience is how long one row may take.
const patience = 30 * time.Second

// Rhumb is a process that answers rows, started anew when it ends.
type Rhumb struct {
	Path   string
	Traced bool // with origins and traces, which must not change anything
	Moved  bool // prints another address for everything
	cmd    *exec.Cmd
	in     *os.File
	out    *os.File
	lines  *bufio.Reader
}

// Ask says what rhumb makes of a row. Crashes and endless loops are answers
// that Helm never gives.
func (r *Rhumb) Ask(row *rows.Row) Answer {
	if r.cmd == nil {
		if err := r.start(); err != nil {
			panic(err)
		}
	}
	answer, err := r.exchange(row)
	if err == nil {
		return answer
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		r.Close()
		return Answer{Failed: true, Text: "(no answer)"}
	}
	return Answer{Failed: true, Text: fmt.Sprintf("(ended: %v)", r.Close())}
}

func (r *Rhumb) start() error {
	inRead, inWrite, err := os.Pipe()
	if err != nil {
		return err
	}
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		return err
	}
	r.cmd = exec.Command(r.Path)
	if r.Traced {
		r.cmd.Args = append(r.cmd.Args, "--traced")
	}
	if r.Moved {
		r.cmd.Args = append(r.cmd.Args, "--other-address")
	}
	r.cmd.Stdin, r.cmd.Stdout = inRead, outWrite
	if err := r.cmd.Start(); err != nil {
		return err
	}
	r.in, r.out, r.lines = inWrite, outRead, bufio.NewReader(outRead)
	return errors.Join(inRead.Close(), outWrite.Close())
}

// Close ends the process and says how it ended.
func (r *Rhumb) Close() error {
	if r.cmd == nil {
		return nil
	}
	r.in.Close()
	r.out.SetReadDeadline(time.Now().Add(time.Second))
	if _, err := io.Copy(io.Discard, r.lines); err != nil {
		r.cmd.Process.Kill()
	}
	err := r.cmd.Wait()
	r.out.Close()
	r.cmd = nil
	return err
}

func (r *Rhumb) exchange(row *rows.Row) (Answer, error) {
	if _, err := r.in.WriteString(request(row)); err != nil {
		return Answer{}, err
	}
	if err := r.out.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return Answer{}, err
	}
	name, text, err := r.field()
	if err != nil {
		return Answer{}, err
	}
	_, log, err := r.field()
	return Answer{name == "error", text, log}, err
}

func (r *Rhumb) field() (string, string, error) {
	head, err := r.lines.ReadString('\n')
	if err != nil {
		return "", "", err
	}
	name, length, _ := strings.Cut(strings.TrimSuffix(head, "\n"), " ")
	size, err := strconv.Atoi(length)
	if err != nil {
		return "", "", err
	}
	text := make([]byte, size)
	_, err = io.ReadFull(r.lines, text)
	return name, string(text), err
}

func request(row *rows.Row) string {
	var b strings.Builder
	count := 0
	field := func(name string, t rows.Text) {
		if t.Given {
			count++
			fmt.Fprintf(&b, "%s %d\n%s", name, len(t.Data), t.Data)
		}
	}
	field("template", row.Template)
	field("values", row.Values)
	field("user-values", row.UserValues)
	field("flags", row.Flags)
	field("chart", row.Chart)
	for _, f := range row.Files {
		field("file:"+f.Path, rows.Text{Given: true, Data: f.Data})
	}
	return fmt.Sprintf("%d\n%s", count, b.String())
}
