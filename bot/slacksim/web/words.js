// The page's own words, in English and Chinese.

const words = {
  en: {
    other: "中文", otherLabel: "切换到中文", who: "You are", where: "Conversations", you: "you", app: "APP",
    inRole: " ({role})", agent: "agent", lead: "lead", admin: "admin",
    about: "A simulated Slack workspace. Nothing leaves this computer.",
    morning: "Next morning →", morningAbout: "Moves the demo's clock to nine o'clock the next morning, when the digest comes",
    online: "bot connected", offline: "bot not connected",
    examples: "Click one to see the bot answer", send: "Send",
    composer: "Message {place} as {name}", replyAs: "Reply as {name}", keys: "Enter sends · Shift+Enter starts a new line · try /coach help",
    thread: "Thread", close: "Close", only: "Only visible to you", edited: "edited", gone: "This message was deleted.",
    replies1: "1 reply", replies: "{n} replies", reply: "Reply", more: "More actions", edit: "Edit message", remove: "Delete message",
    save: "Save", cancel: "Cancel", messages: "Messages", home: "Home",
    empty: "Nothing here yet. Write what a customer just said, or click an example below.",
    submit: "Submit", optional: "optional", choose: "Choose…", image: "Image", unread: "new messages",
    coach_message: "Coach me on this", check_message: "Check this reply", ask_peers: "Ask peers", save_knowledge: "Save as knowledge",
    timeout: "The bot did not answer within three seconds.", nosocket: "The bot is not connected. Try again in a moment.",
    lost: "The demo cannot be reached. Is it still running?", sure: "Are you sure?",
  },
  zh: {
    other: "English", otherLabel: "Switch to English", who: "你现在是", where: "会话", you: "你", app: "应用",
    inRole: "（{role}）", agent: "客服", lead: "负责人", admin: "管理员",
    about: "这是一个模拟的 Slack 工作区，内容不会离开这台电脑。",
    morning: "到第二天早上 →", morningAbout: "把演示的时钟拨到第二天早上九点，日报就在那时发出",
    online: "机器人已连接", offline: "机器人未连接",
    examples: "点一条，看看机器人怎么回", send: "发送",
    composer: "以 {name} 的身份发到 {place}", replyAs: "以 {name} 的身份回复", keys: "Enter 发送 · Shift+Enter 换行 · 试试 /coach 帮助",
    thread: "消息列", close: "关闭", only: "仅你可见", edited: "已编辑", gone: "这条消息已删除。",
    replies1: "1 条回复", replies: "{n} 条回复", reply: "回复", more: "更多操作", edit: "编辑消息", remove: "删除消息",
    save: "保存", cancel: "取消", messages: "消息", home: "主页",
    empty: "这里还没有消息。写下客户刚说的话，或者点下面的例子。",
    submit: "提交", optional: "选填", choose: "请选择…", image: "图片", unread: "有新消息",
    coach_message: "这条怎么回", check_message: "检查这条回复", ask_peers: "向同事求助", save_knowledge: "存为经验",
    timeout: "机器人三秒内没有回应。", nosocket: "机器人还没连上，请稍后再试。",
    lost: "连不上演示程序，它还在运行吗？", sure: "确定吗？",
  },
};

let lang = localStorage.getItem("lang") || (/^zh\b/i.test(navigator.language) ? "zh" : "en");
if (!words[lang]) lang = "en";

export const language = () => lang;

export function setLanguage(l) {
  lang = l;
  localStorage.setItem("lang", l);
}

/** say returns a phrase in the page's language; unknown names come back as they are. */
export function say(name, fill = {}) {
  const text = words[lang][name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_, k) => fill[k] ?? "");
}
