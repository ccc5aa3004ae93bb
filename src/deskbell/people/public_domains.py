"""Mail domains open to anybody: they never say which organisation somebody belongs to."""

from __future__ import annotations

_NAMES = """
    126.com 139.com 163.com 189.cn 21cn.com abv.bg aim.com aliyun.com aol.com arcor.de att.net bellsouth.net
    bigmir.net bigpond.com bk.ru bluewin.ch bol.com.br btinternet.com centrum.cz charter.net comcast.net
    cox.net disroot.org duck.com earthlink.net elisanet.fi email.cz email.ua fastmail.com fastmail.fm
    foxmail.com free.fr freemail.hu freenet.de gazeta.pl gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net go2.pl
    googlemail.com hanmail.net hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it
    hushmail.com i.ua icloud.com inbox.lv inbox.ru interia.eu interia.pl internet.ru iobox.fi kolumbus.fi
    kpnmail.nl laposte.net libero.it list.ru live.co.uk live.com live.de live.fr live.nl luukku.com mac.com
    mail.bg mail.com mail.de mail.ee mail.ru mail.ua mailbox.org mailfence.com me.com meta.ua msn.com
    naver.com netti.fi o2.pl onet.eu onet.pl online.de online.no op.pl orange.fr outlook.at outlook.com
    outlook.de outlook.es outlook.fr outlook.it pchome.com.tw pm.me pochta.ru poczta.fm poczta.onet.pl
    posteo.de proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com riseup.net
    rocketmail.com runbox.com saunalahti.fi seznam.cz sfr.fr sina.cn sina.com sky.com sohu.com suomi24.fi
    t-online.de telia.com tiscali.it tlen.pl tuta.com tuta.io tutamail.com tutanota.com tutanota.de ukr.net
    uol.com.br vip.qq.com virgilio.it virginmedia.com vodafonemail.de vp.pl walla.co.il wanadoo.fr web.de
    windowslive.com wp.pl xs4all.nl ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.au
    yahoo.com.br yahoo.com.hk yahoo.com.tw yahoo.de yahoo.es yahoo.fr yahoo.in yahoo.it yandex.com yandex.ru
    yandex.ua yeah.net ymail.com zoho.com zoznam.sk
"""
PUBLIC_MAIL_DOMAINS = frozenset(_NAMES.split())


def is_public(domain: str) -> bool:
    """Whether anybody can have an address in this domain (normalised)."""
    return domain in PUBLIC_MAIL_DOMAINS
