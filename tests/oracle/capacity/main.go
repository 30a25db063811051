// Command capacity records how Go's slices grow: tests/unit/value/capacity.tsv.
// Run it in this folder: go run main.go
//
// Each line is the type of the elements, the capacity before, the length that
// append makes, and the capacity after.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func grown[T any](capacity, length int) int {
	return cap(append(make([]T, capacity), make([]T, length-capacity)...))
}

func main() {
	file, err := os.Create("../../unit/value/capacity.tsv")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	defer out.Flush()
	fmt.Fprintln(out, "# recorded: go1.26 amd64")
	types := []struct {
		name  string
		grown func(capacity, length int) int
	}{
		{"[]interface {}", grown[any]},
		{"[]string", grown[string]},
		{"[]int", grown[int]},
		{"[][]interface {}", grown[[]any]},
		{"[]map[string]interface {}", grown[map[string]any]},
	}
	capacities := []int{0, 1, 2, 3, 4, 5, 7, 8, 10, 16, 21, 31, 32, 33, 50, 63, 64, 65, 71, 100, 128, 200, 255, 256, 257, 300, 500,
		511, 512, 848, 1000, 1023, 1024, 1365, 2047, 2048, 2049, 3000, 4095, 4096, 5000, 10000, 100000}
	for _, kind := range types {
		for _, capacity := range capacities {
			for _, more := range []int{1, 2, 3, 10, 1000} {
				fmt.Fprintf(out, "%s\t%d\t%d\t%d\n", kind.name, capacity, capacity+more, kind.grown(capacity, capacity+more))
			}
		}
	}
}
