package generate

import (
	"math/rand/v2"

	"rhumb/tests/oracle/recorder/rows"
)

// scraps are put into templates: what the lexer and the parser look for.
var scraps = []string{"{{", "}}", "{{-", "-}}", "{{- ", " -}}", "/*", "*/", "(", ")", "|", " | ", "\"", "`", "'", ".", "..", "$", "$x", ":=", "=", ",", " ", "\n", "\t", "-", "+", "0", "1", "9", "0x", "1e9", "_", "\\", "end", "else", "if ", "range ", "with ", "define ", "template ", "block ", "nil", "true", "break", "{{ end }}", "{{ else }}", "{{ if . }}", "{{ range . }}", ".Values", ".x", " nil", "é", "\xff", "%", "%d", "%[1]d", "%*d"}

// mutate damages the template of one of the models.
func mutate(r *rand.Rand, name string, models []*rows.Row) *rows.Row {
	model := *models[r.IntN(len(models))]
	model.Name = name
	text := model.Template.Data
	for range 1 + r.IntN(2) {
		text = damage(r, text, models)
	}
	model.Template = rows.Text{Given: true, Data: text}
	return &model
}

func damage(r *rand.Rand, text string, models []*rows.Row) string {
	at := r.IntN(len(text) + 1)
	switch r.IntN(6) {
	case 0: // take a piece out
		end := min(len(text), at+1+r.IntN(8))
		return text[:at] + text[end:]
	case 1: // double a piece
		end := min(len(text), at+1+r.IntN(12))
		return text[:end] + text[at:end] + text[end:]
	case 2: // go on with another template
		other := models[r.IntN(len(models))].Template.Data
		return text[:at] + other[r.IntN(len(other)+1):]
	case 3: // swap two pieces
		mid := at + r.IntN(len(text)-at+1)
		end := mid + r.IntN(len(text)-mid+1)
		return text[:at] + text[mid:end] + text[at:mid] + text[end:]
	default:
		return text[:at] + scraps[r.IntN(len(scraps))] + text[at:]
	}
}
