// Package oracle renders a row with Helm's own chart loader, coalescing and
// template engine, as `helm template rel c -n ns` does.
package oracle

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/cli/values"
	"helm.sh/helm/v4/pkg/engine"

	"rhumb/tests/oracle/recorder/rows"
)

const (
	helmModule = "helm.sh/helm/v4"
	goVersion  = "go1.26.8" // of the pinned Helm binary
	chartYaml  = "apiVersion: v2\nname: c\nversion: 0.1.0\nappVersion: 1.2.3\ndescription: d\n"
	target     = "templates/t.yaml"
	minRuns    = 5
	maxRuns    = 20
	rowLimit   = 30 * time.Second
	quickLimit = 20 * time.Millisecond
)

// ErrBadRow marks a row that Helm never gets to render: its inputs are broken.
var ErrBadRow = errors.New("row cannot be loaded")

// ErrUnstable marks a row with several results.
var ErrUnstable = errors.New("not deterministic")

// ErrSlow marks a row that is still rendering, and goes on doing so.
var ErrSlow = errors.New("takes too long")

// Version is that of the Helm module linked into this program.
func Version() string {
	info, _ := debug.ReadBuildInfo()
	for _, d := range info.Deps {
		if d.Path == helmModule {
			return d.Version
		}
	}
	return "unknown"
}

// Result is what Helm made of a row: output or error.
type Result struct {
	Out string
	Err error
}

func (r Result) same(o Result) bool {
	if (r.Err == nil) != (o.Err == nil) {
		return false
	}
	return r.Out == o.Out && (r.Err == nil || r.Err.Error() == o.Err.Error())
}

// Stable renders a row several times, more often when it is quick, and fails
// when the results differ.
func Stable(row *rows.Row) (Result, error) {
	start := time.Now()
	first, err := Once(row)
	for n := 1; err == nil && n < maxRuns && (n < minRuns || time.Since(start) < quickLimit); n++ {
		var again Result
		again, err = Once(row)
		if err == nil && !first.same(again) {
			return first, fmt.Errorf("%w: %s", ErrUnstable, describe(first, again))
		}
	}
	return first, err
}

func describe(a, b Result) string {
	show := func(r Result) string {
		if r.Err != nil {
			return fmt.Sprintf("error %.300q", r.Err.Error())
		}
		return fmt.Sprintf("%.300q", r.Out)
	}
	return show(a) + " and " + show(b)
}

// Once renders a row in a goroutine of its own, so that one that hangs can be
// reported. The goroutine is lost then: the caller should end the program.
func Once(row *rows.Row) (Result, error) {
	type answer struct {
		res Result
		err error
	}
	done := make(chan answer, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- answer{err: fmt.Errorf("panic: %v", p)}
			}
		}()
		res, err := render(row)
		done <- answer{res, err}
	}()
	select {
	case a := <-done:
		return a.res, a.err
	case <-time.After(rowLimit):
		return Result{}, fmt.Errorf("%w: %v and more", ErrSlow, rowLimit)
	}
}

// render follows runInstall of Helm's action package as far as the rendered
// text of the row's template.
func render(row *rows.Row) (Result, error) {
	chrt, err := loader.LoadFiles(files(row))
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", ErrBadRow, err)
	}
	user, err := flagValues(row)
	if errors.Is(err, ErrBadRow) {
		return Result{}, err
	}
	if err != nil {
		return Result{Err: err}, nil
	}
	if row.UserValues.Given {
		more, err := loader.LoadValues(strings.NewReader(row.UserValues.Data))
		if err != nil {
			return Result{}, fmt.Errorf("%w: user values: %w", ErrBadRow, err)
		}
		user = loader.MergeMaps(more, user)
	}
	if err := chartutil.ProcessDependencies(chrt, user); err != nil {
		slog.Error("chart dependencies processing failed", slog.Any("error", err)) // as Install.RunWithContext
		return Result{Err: fmt.Errorf("chart dependencies processing failed: %w", err)}, nil
	}
	options := common.ReleaseOptions{Name: "rel", Namespace: "ns", Revision: 1, IsInstall: true}
	values, err := util.ToRenderValues(chrt, user, options, capabilities())
	if err != nil {
		return Result{Err: err}, nil
	}
	out, err := new(engine.Engine).Render(chrt, values)
	if err != nil {
		return Result{Err: err}, nil
	}
	return Result{Out: out["c/"+target]}, nil
}

// flagValues is what the flags of a row that begin with --set make.
func flagValues(row *rows.Row) (map[string]any, error) {
	var options values.Options
	for _, line := range row.FlagLines() {
		flag, text, _ := strings.Cut(line, " ")
		switch flag {
		case "--set":
			options.Values = append(options.Values, text)
		case "--set-string":
			options.StringValues = append(options.StringValues, text)
		case "--set-json":
			options.JSONValues = append(options.JSONValues, text)
		case "--set-literal":
			options.LiteralValues = append(options.LiteralValues, text)
		default:
			return nil, fmt.Errorf("%w: unknown flag %s", ErrBadRow, flag)
		}
	}
	return options.MergeValues(nil)
}

// capabilities are those of the pinned binary, whatever this program is built
// with: its linker was told a version that a plain build does not know.
func capabilities() *common.Capabilities {
	caps := common.DefaultCapabilities.Copy()
	caps.HelmVersion.Version = Version()
	caps.HelmVersion.GoVersion = goVersion
	return caps
}

// files is the chart of a row as the directory loader would read it.
func files(row *rows.Row) []*archive.BufferedFile {
	list := []*archive.BufferedFile{{Name: "Chart.yaml", Data: []byte(chartYaml + row.Chart.Data)}}
	if row.Values.Given {
		list = append(list, &archive.BufferedFile{Name: "values.yaml", Data: []byte(row.Values.Data)})
	}
	list = append(list, &archive.BufferedFile{Name: target, Data: []byte(row.Template.Data)})
	for _, f := range row.Files {
		list = append(list, &archive.BufferedFile{Name: f.Path, Data: []byte(f.Data)})
	}
	bom := []byte("\xef\xbb\xbf")
	for _, f := range list {
		f.Data = bytes.TrimPrefix(f.Data, bom)
	}
	return list
}
