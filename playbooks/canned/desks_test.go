package canned_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/traditionalchinese"

	"coachbot/playbooks"
	"coachbot/playbooks/canned"
)

// desk is an export as a help desk writes it, and what must come of it.
type desk struct {
	data    string
	titles  []string
	phrases []string // every one of them is in a draft
	tags    []string // of the first reply
	left    []string // what is reported as left out
}

// How common help desks write their macros: columns, HTML, placeholders, lists of actions.
func desks() map[string]desk {
	return map[string]desk{
		"Zendesk, actions": {
			data: "id,title,active,actions,restriction\n" +
				`360,Delivery::Late parcel,true,"[{""field"":""status"",""value"":""solved""},{""field"":""current_tags"",""value"":""late_delivery apology""},{""field"":""comment_value_html"",""value"":""<p>Hi {{ticket.requester.first_name}},</p><p>I am sorry your parcel for order {{ticket.ticket_field_1234}} is late.</p><p>I have asked the depot, {{ticket.requester.first_name | default: \""there\""}}, and will call you by {{ticket.due_date}}.</p><p>Best regards,<br>{{current_user.name}}</p>""}]",` + "\n" +
				`361,Refund,true,"[{""field"":""comment_value"",""value"":[""channel:all"",""Your refund of {{ticket.refund_amount}} is on its way.""]}]",` + "\n",
			titles: []string{"Delivery::Late parcel", "Refund"}, tags: []string{"late_delivery", "apology"},
			phrases: []string{"I have asked the depot, {customer}, and will call you by {date}.", "Your refund of {amount} is on its way."},
			left:    []string{"{{ticket.ticket_field_1234}}", "Hi"},
		},
		"Freshdesk": {
			data: "\ufeffTitle,Folder Name,Content,Content HTML,Visibility\r\n" +
				"Late parcel,Delivery,,\"<div dir=\"\"ltr\"\"><style>p{color:red}</style>Hello {{ticket.requester.name}},<br><br>Thank you for your patience&nbsp;&amp; trust.<ul><li>I will call the carrier now.</li><li>I will write to {{ticket.contact.email}} by tonight.</li></ul></div>\",All\r\n",
			titles: []string{"Late parcel"}, tags: []string{"Delivery"},
			phrases: []string{"Thank you for your patience & trust.", "I will call the carrier now.", "I will write to {contact} by tonight."},
			left:    []string{"Hello"},
		},
		"Intercom": {
			data: "Macro name;Message body;Tags\n" +
				"Outage;\"Hey {{first_name | fallback: \"\"there\"\"}},\n\nWe are on it and I will update you by {{ time }}.\n{% if user.plan == \"\"pro\"\" %}Your account manager at {{company.name}} calls you today.{% endif %}\";outage, status\n",
			titles: []string{"Outage"}, tags: []string{"outage", "status"},
			phrases: []string{"We are on it and I will update you by {time}.", "Your account manager at {company} calls you today."},
			left:    []string{"{% if"},
		},
		"HubSpot snippets": {
			data:   "Name\tShortcut\tSnippet body\tCreated by\nCancel\tcancel1\tI have cancelled {{ deal.order_number }} for you, {{ contact.firstname }}. Nothing more is due.\tAda\n",
			titles: []string{"Cancel"}, phrases: []string{"I have cancelled {order} for you, {customer}.", "Nothing more is due."},
		},
		"Gorgias": {
			data: "name,language,intent,actions\n" +
				`"Order status",en,shipping/status,"[{""name"":""addTags"",""arguments"":{""tags"":""question, order-status""}},{""name"":""setResponseText"",""arguments"":{""body_html"":""<div>x</div>"",""body_text"":""Hi {{ticket.customer.firstname}},\n\nYour order {{ticket.customer.integrations.shopify.orders[0].name}} leaves us today.""}}]"` + "\n",
			titles: []string{"Order status"}, tags: []string{"question", "order-status", "shipping/status"},
			phrases: []string{"Your order {order} leaves us today."},
			left:    []string{"Hi"},
		},
		"Salesforce, Help Scout and others": {
			data: "sep=,\nSaved Reply Name,Reply Text (required),Categories\n" +
				"Repair,\"Dear {!Contact.FirstName}, your repair is done. You can pick it up at [Company Name] from ____ on. The technician was <%= agent.name %>. Ask for %assignee_name% at the desk.\",repair\n",
			titles: []string{"Repair"}, tags: []string{"repair"},
			phrases: []string{"Your repair is done.", "The technician was {agent}.", "Ask for {agent} at the desk."},
			left:    []string{"____"},
		},
		"美洽": {
			data: "快捷回复导出,,,\n导出时间：2026-11-25,,,\n一级分组,二级分组,标题,内容\n" +
				"售后,退款,退款慢,\"亲，您好！\n非常抱歉让您久等了，我马上为您查询订单{订单号}的退款进度。\"\n售后,物流,催单,\"您的包裹{{物流单号}}已经催了，今天之内给您答复。\"\n",
			titles: []string{"退款慢", "催单"}, tags: []string{"售后", "退款"},
			phrases: []string{"非常抱歉让您久等了，我马上为您查询订单{order}的退款进度。", "您的包裹{order}已经催了，今天之内给您答复。"},
			left:    []string{"亲，您好"},
		},
		"网易七鱼": {
			data:   "话术分类,话术标题,话术内容\n投诉,态度,\"非常抱歉给您带来不好的体验，##客户昵称##，我来跟进这件事。\"\n",
			titles: []string{"态度"}, tags: []string{"投诉"}, phrases: []string{"非常抱歉给您带来不好的体验，{customer}，我来跟进这件事。"},
		},
		"智齿": {
			data:   "分组名称\t快捷语标题\t快捷语内容\n发票\t开票\t您的发票XXX已经开好，明天发到您的邮箱。您放心，有问题随时找我。\n",
			titles: []string{"开票"}, tags: []string{"发票"}, phrases: []string{"您放心，有问题随时找我。"}, left: []string{"XXX"},
		},
		"千牛": {
			data:   "快捷编码,快捷短语,快捷短语分组\nth01,亲亲~在的呢~,问候\nth02,您把照片发给我，我马上给您登记换货。,换货\n",
			titles: []string{"th01", "th02"}, tags: []string{"问候"}, phrases: []string{"您把照片发给我，我马上给您登记换货。"}, left: []string{"亲亲"},
		},
	}
}

func TestHelpDesks(t *testing.T) {
	t.Parallel()
	set := builtin(t)
	for name, c := range desks() {
		list, err := canned.Read(name, []byte(c.data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var titles []string
		for _, r := range list {
			titles = append(titles, r.Title)
		}
		if !slices.Equal(titles, c.titles) {
			t.Errorf("%s: titles %q, want %q", name, titles, c.titles)
		}
		if len(list) > 0 && !slices.Equal(list[0].Tags, c.tags) {
			t.Errorf("%s: tags %q, want %q", name, list[0].Tags, c.tags)
		}
		report := canned.Drafts(list, canned.Options{Set: set})
		var phrases []string
		for _, d := range report.Drafts {
			for _, step := range playbooks.Steps() {
				for _, p := range d.Playbook.Steps[step] {
					phrases = append(phrases, p.Text)
				}
			}
		}
		for _, want := range c.phrases {
			if !slices.Contains(phrases, want) {
				t.Errorf("%s: no draft says %q; they say %q", name, want, phrases)
			}
		}
		for _, p := range phrases {
			if strings.ContainsAny(p, "<%#[]_") || strings.Contains(p, "{{") || strings.Contains(p, "XXX") {
				t.Errorf("%s: a rest of the help desk's own in %q", name, p)
			}
		}
		for _, want := range c.left {
			if !slices.ContainsFunc(report.Left, func(l canned.Left) bool { return strings.Contains(l.Text+l.Why, want) }) {
				t.Errorf("%s: %q is not reported as left out: %+v", name, want, report.Left)
			}
		}
	}
}

// Several sheets, hidden ones, a title above the columns and groups merged over rows.
func TestReadSheets(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	set := func(sheet, at, value string) {
		t.Helper()
		if err := book.SetCellValue(sheet, at, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, sheet := range []string{"售后", "说明", "旧的"} {
		if _, err := book.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "快捷回复列表")
	for at, v := range map[string]string{"A2": "分组", "B2": "标题", "C2": "内容", "A3": "退款", "B3": "退款慢", "C3": "我马上为您查询进度。", "B4": "退款失败", "C4": "我帮您重新提交一次。", "A5": "物流", "B5": "催单", "C5": "我现在就联系快递。"} {
		set("Sheet1", at, v)
	}
	for _, m := range [][2]string{{"A1", "C1"}, {"A3", "A4"}} {
		if err := book.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	set("售后", "A1", "Title")
	set("售后", "B1", "Body")
	set("售后", "A2", "Repair")
	set("售后", "B2", "I have booked the technician for you.")
	set("说明", "A1", "本表由系统生成")
	set("旧的", "A1", "内容")
	set("旧的", "A2", "这一页已经不用了，请不要导入。")
	if err := book.SetSheetVisible("旧的", false); err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	if err := book.Write(&data); err != nil {
		t.Fatal(err)
	}
	list, err := canned.Read("x.xlsx", data.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range list {
		got = append(got, r.Sheet+"/"+r.Title+"/"+strings.Join(r.Tags, ","))
	}
	want := []string{"Sheet1/退款慢/退款", "Sheet1/退款失败/退款", "Sheet1/催单/物流", "售后/Repair/"}
	if !slices.Equal(got, want) || list[1].Row != 4 {
		t.Errorf("got %q, want %q; rows %+v", got, want, list)
	}
}

// What spreadsheets in Taiwan and in western Europe save.
func TestReadEncodings(t *testing.T) {
	t.Parallel()
	big5, err := traditionalchinese.Big5.NewEncoder().String("標題,內容,分類\r\n退款,非常抱歉讓您久等了，我馬上為您查詢退款進度。,售後\r\n")
	if err != nil {
		t.Fatal(err)
	}
	western, err := charmap.Windows1252.NewEncoder().String("Title,Body\nCafé,I’m sorry – we’ll bring a new “crème brûlée” at once.\n")
	if err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]canned.Reply{
		big5:    {Row: 2, Title: "退款", Body: "非常抱歉讓您久等了，我馬上為您查詢退款進度。", Tags: []string{"售後"}},
		western: {Row: 2, Title: "Café", Body: "I’m sorry – we’ll bring a new “crème brûlée” at once."},
	} {
		list, err := canned.Read("x.csv", []byte(data))
		if err != nil || len(list) != 1 || list[0].Title != want.Title || list[0].Body != want.Body || !slices.Equal(list[0].Tags, want.Tags) {
			t.Errorf("got %+v, %v; want %+v", list, err, want)
		}
	}
}
