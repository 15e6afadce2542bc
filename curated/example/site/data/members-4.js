passerelle.put("members-4",{"org-hm4guly4":[["ini-dqgr5kxv",null,"Welcome Desk Chomedey",1]]});
